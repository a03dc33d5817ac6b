namespace DataExchange.RabbitMq.Tests;

/// <summary>A data folder of its own for one test, with a space and letters that are not ASCII in its name; deleted at the end.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"dx 数据 {Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");

    public string Broker => System.IO.Path.Combine(Path, "rabbitmq");

    public PrivateBrokerOptions Options => new() { Folder = Path };

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
