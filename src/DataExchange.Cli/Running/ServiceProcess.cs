using System.Diagnostics;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running;

/// <summary>A process of services that this one started. It ends when it is told to, when it is killed, or when this one is gone.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private bool _isDisposed;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(Process process, string name)
    {
        (_process, Name) = (process, name);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is ServeCommand.ReadyLine)
            {
                _ready.TrySetResult();
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _isDisposed || _process.HasExited;

    /// <summary>Starts <c>dx serve</c>.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="arguments">Its arguments after <c>serve</c>.</param>
    public static ServiceProcess Start(string name, params IEnumerable<string> arguments) => Start(name, null, arguments);

    /// <summary>Starts <c>dx serve</c> with more in its environment.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="environment">What there is more; null for nothing.</param>
    /// <param name="arguments">Its arguments after <c>serve</c>.</param>
    public static ServiceProcess Start(string name, IReadOnlyDictionary<string, string>? environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // The program is run by the host of its own name, or by "dotnet dx.dll".
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet")
        {
            start.ArgumentList.Add(typeof(ServiceProcess).Assembly.Location);
        }

        foreach (var argument in (IEnumerable<string>)["serve", .. arguments, ServeCommand.UntilInputCloses])
        {
            start.ArgumentList.Add(argument);
        }

        // Services are many and small: one heap each, instead of one for each core.
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        return new ServiceProcess(Process.Start(start) ?? throw new CommandFailedException($"The process {name} did not start."), name);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="CommandFailedException">It ended instead.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        await Task.WhenAny(_ready.Task, _process.WaitForExitAsync(cancellation)).WaitAsync(cancellation).ConfigureAwait(false);
        if (!_ready.Task.IsCompleted)
        {
            throw new CommandFailedException($"The process {Name} ended with exit code {_process.ExitCode}: {LastSaid()}");
        }
    }

    /// <summary>Ends when it has.</summary>
    public Task EndedAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Ends it at once, as a crash would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>The last that it said to people.</summary>
    public string LastSaid()
    {
        lock (_said)
        {
            return string.Join(' ', _said);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => EndAsync(Patience);

    /// <summary>Ends it in order, and by force when that takes too long.</summary>
    /// <param name="patience">How long it may take.</param>
    public async ValueTask EndAsync(TimeSpan patience)
    {
        if (_isDisposed)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var late = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        _isDisposed = true;
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_said)
            {
                _said.Enqueue(line);
                if (_said.Count > 5)
                {
                    _said.Dequeue();
                }
            }
        }
    }
}
