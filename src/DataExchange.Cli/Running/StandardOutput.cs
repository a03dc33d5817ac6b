using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace DataExchange.Cli.Running;

/// <summary>The reader of standard output went away (<c>dx events | head</c>): there is nobody to work for.</summary>
internal sealed class OutputClosedException(Exception cause) : Exception("Standard output was closed.", cause);

/// <summary>Standard output: buffered, UTF-8, without a limit on the width of a line when nobody watches.</summary>
internal static class StandardOutput
{
    private const int WidthWhenRedirected = 1_000;

    /// <summary>Cells of a line on the terminal that standard output is; null when it is none.</summary>
    public static int? Width => Console.IsOutputRedirected ? null : Math.Max(40, AnsiConsole.Profile.Width);

    /// <summary>Sets it up; to be called once, before anything is written.</summary>
    public static void Prepare()
    {
        if (Console.IsOutputRedirected)
        {
            Console.SetOut(new StreamWriter(Open(), new UTF8Encoding(false), 1 << 16) { AutoFlush = false });
            AnsiConsole.Profile.Width = WidthWhenRedirected;
        }
    }

    /// <summary>Standard output for bytes, buffered; a closed pipe ends the command.</summary>
    public static Stream Stream() => new BufferedStream(Open(), 1 << 16);

    // .NET's console swallows the error of a closed pipe, so that a long listing would go on for nobody. Its stream is right for files all
    // the same: a FileStream would write at a position of its own and not where the last writer of the shared handle ended.
    private static Stream Open()
    {
        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? Console.OpenStandardOutput() : new ClosableStream(direct);
    }

    private sealed class ClosableStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                inner.Write(buffer, offset, count);
            }
            catch (IOException closed)
            {
                throw new OutputClosedException(closed);
            }
        }
    }
}
