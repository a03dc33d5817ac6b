namespace DataExchange.Ledger.Tests.Model;

/// <summary>Five numbers that <see cref="Script"/> makes an operation of; small ones make plain operations, so that shrinking helps.</summary>
internal readonly record struct Draw(int What, int First, int Second, int Third, int Fourth);
