using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    private const string Local = "Host=localhost;Database=exchange;Username=exchange;Password=hunter2";

    [Fact]
    public void What_would_leak_or_lose_is_set_right_whatever_was_asked_for()
    {
        var settings = Read(
            Local
                + ";Include Error Detail=true;Persist Security Info=true;Enlist=true;Search Path=x;Options=-c geqo=off"
        );

        Assert.False(settings.IncludeErrorDetail);
        Assert.False(settings.PersistSecurityInfo);
        Assert.False(settings.Enlist);
        Assert.Equal(ConnectionSettings.Schema, settings.SearchPath);
        Assert.StartsWith("-c geqo=off ", settings.Options, StringComparison.Ordinal);
        Assert.Contains("-c synchronous_commit=on", settings.Options, StringComparison.Ordinal);
        Assert.Contains("-c statement_timeout=5000", settings.Options, StringComparison.Ordinal);
        Assert.Equal((3, 7), (settings.Timeout, settings.CommandTimeout));
    }

    [Fact]
    public void What_is_said_of_the_database_holds_no_login() =>
        Assert.Equal("exchange at localhost:5432", ConnectionSettings.Describe(Read(Local)));

    [Theory]
    [InlineData("Host=db.example;Database=exchange;SSL Mode=VerifyFull")]
    [InlineData("Host=127.0.0.1;Database=exchange")]
    [InlineData("Host=::1;Database=exchange")]
    [InlineData("Host=/run/postgresql;Database=exchange")]
    public void Encrypted_or_local_it_may_be(string text) =>
        Assert.Null(ConnectionSettings.FindFault(new() { ConnectionString = text }));

    [Theory]
    [InlineData("Host=db.example;Database=exchange")]
    [InlineData("Host=db.example;Database=exchange;SSL Mode=Prefer")]
    [InlineData("Host=localhost,db.example;Database=exchange;SSL Mode=Disable")]
    public void In_clear_it_may_not_leave_the_machine(string text) =>
        Assert.Contains(
            "SSL Mode=VerifyFull",
            ConnectionSettings.FindFault(new() { ConnectionString = text }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_several_hosts_the_one_that_can_be_written_is_used() =>
        Assert.Equal("read-write", Read("Host=localhost,127.0.0.1;Database=exchange").TargetSessionAttributes);

    [Fact]
    public void It_may_come_from_a_file_instead_and_not_from_both()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Local + "\n");

            Assert.Equal("exchange", ConnectionSettings.Read(new() { ConnectionStringFile = file }).Database);
            Assert.Contains(
                "Set one of",
                ConnectionSettings.FindFault(new() { ConnectionString = Local, ConnectionStringFile = file }),
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Npgsql.NpgsqlConnectionStringBuilder Read(string text) =>
        ConnectionSettings.Read(new() { ConnectionString = text });
}
