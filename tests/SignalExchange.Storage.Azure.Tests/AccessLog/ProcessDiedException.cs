namespace SignalExchange.Storage.Azure.Tests.AccessLog;

/// <summary>The end of a process, for the code that runs in it: nothing of the store catches it, repeats or asks.</summary>
internal sealed class ProcessDiedException() : Exception("A test ended the process.");
