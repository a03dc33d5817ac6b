using DataExchange.EventStore.Postgres;
using Npgsql;

namespace DataExchange.EventStore.Tests.Storage;

public sealed class ServerErrorTests
{
    // "could not write init file" has the code of an internal error, but the session that could not start on a full disk is gone all the same.
    [Theory]
    [InlineData("FATAL", "XX000", true)]
    [InlineData("PANIC", "XX000", true)]
    [InlineData("ERROR", "53100", true)]
    [InlineData("ERROR", "XX000", false)]
    [InlineData("ERROR", "22P02", false)]
    public void A_session_that_the_server_ends_is_a_store_that_cannot_be_reached(string severity, string code, bool isUnavailable)
    {
        var error = new PostgresException("could not write init file", severity, severity, code);

        Assert.Equal(isUnavailable, ServerErrors.Translate(error, "a partition was being taken") is EventStoreUnavailableException);
    }
}
