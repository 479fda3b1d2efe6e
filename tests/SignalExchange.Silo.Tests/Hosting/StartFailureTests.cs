using Microsoft.Extensions.Options;
using SignalExchange.KeyService.Keys;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting;

public class StartFailureTests
{
    private static readonly OptionsValidationException Two = new("Limits", typeof(object), ["first", "second"]);
    private static readonly OptionsValidationException One = new("Quotas", typeof(object), ["third"]);

    [Fact]
    public void Each_setting_that_is_refused_has_a_line_of_its_own()
    {
        Assert.Equal(["first", "second"], StartFailure.LinesOf(Two));
        Assert.Equal(["first", "second", "third"], StartFailure.LinesOf(new AggregateException(Two, One)));
        Assert.Equal(["third"], StartFailure.LinesOf(new AggregateException(One, new AggregateException(One))));
    }

    [Fact]
    public void A_disk_or_a_key_folder_that_can_be_mended_is_told_by_its_message()
    {
        Assert.Equal(["no space left"], StartFailure.LinesOf(new IOException("no space left")));
        Assert.Equal(["in use"], StartFailure.LinesOf(new KeyStoreException("in use")));
    }

    [Fact]
    public void A_bug_keeps_its_trace_even_beside_something_that_can_be_mended()
    {
        Assert.Empty(StartFailure.LinesOf(new InvalidOperationException("a bug")));
        Assert.Empty(StartFailure.LinesOf(new AggregateException(One, new InvalidOperationException("a bug"))));
    }
}
