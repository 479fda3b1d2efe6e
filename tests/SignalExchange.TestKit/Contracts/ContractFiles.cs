using System.Reflection;
using Google.Protobuf.Reflection;
using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Contracts;

/// <summary>The contract's files, all of them: found, not listed, so that a new one is held to the rules from its first day.</summary>
public static class ContractFiles
{
    /// <summary>Gets every file's descriptor, by name.</summary>
    public static IReadOnlyList<FileDescriptor> All { get; } =
    [
        .. typeof(SignalReflection)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(SignalReflection).Namespace)
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>Gets every service.</summary>
    public static IEnumerable<ServiceDescriptor> Services => All.SelectMany(file => file.Services);

    /// <summary>Gets every method's full name, as <c>/signalexchange.v1.SignalService/Check</c>.</summary>
    public static IEnumerable<string> Methods =>
        Services.SelectMany(service => service.Methods, (service, method) => $"/{service.FullName}/{method.Name}");
}
