using System.Runtime.InteropServices;

namespace DataExchange.Files.DuckDb;

/// <summary>DuckDB's library is not there, or did not do what it was asked.</summary>
/// <param name="message">What is wrong.</param>
public sealed class DuckDbException(string message) : Exception(message);

/// <summary>
/// DuckDB's own library, of whoever runs this: it is 35 to 112 MB for a platform, so it does not come along (docs/decisions/0041). Eight functions of its C API are
/// enough to run a script, and have been the same since version 0.7.
/// </summary>
public sealed class DuckDbLibrary
{
    /// <summary>The environment variable that names the library.</summary>
    public const string Variable = "DX_DUCKDB";

    // duckdb_result: three numbers and three pointers, with room to grow.
    private const int ResultBytes = 128;

    private readonly nint _library;
    private readonly OpenFunction _open;
    private readonly ConnectFunction _connect;
    private readonly QueryFunction _query;
    private readonly ErrorFunction _error;
    private readonly ReleaseFunction _destroyResult;
    private readonly ReleaseFunction _disconnect;
    private readonly ReleaseFunction _close;
    private readonly ReleaseFunction _interrupt;

    private DuckDbLibrary(nint library)
    {
        _library = library;
        _open = Function<OpenFunction>("duckdb_open_ext");
        _connect = Function<ConnectFunction>("duckdb_connect");
        _query = Function<QueryFunction>("duckdb_query");
        _error = Function<ErrorFunction>("duckdb_result_error");
        _destroyResult = Function<ReleaseFunction>("duckdb_destroy_result");
        _disconnect = Function<ReleaseFunction>("duckdb_disconnect");
        _close = Function<ReleaseFunction>("duckdb_close");
        _interrupt = Function<ReleaseFunction>("duckdb_interrupt");
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenFunction(nint path, out nint database, nint configuration, out nint error);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ConnectFunction(nint database, out nint connection);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int QueryFunction(nint connection, nint sql, nint result);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint ErrorFunction(nint result);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void ReleaseFunction(nint what);

    /// <summary>Loads it, for as long as the process lives: the file that <see cref="Variable"/> names, or else the one that the system finds.</summary>
    /// <exception cref="DuckDbException">There is none, or it is none.</exception>
    public static DuckDbLibrary Load()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        string[] names = named is { Length: > 0 } ? [named] : OperatingSystem.IsWindows() ? ["duckdb.dll"] : OperatingSystem.IsMacOS() ? ["libduckdb.dylib"] : ["libduckdb.so"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(DuckDbLibrary).Assembly, null, out var library))
            {
                try
                {
                    return new(library);
                }
                catch (EntryPointNotFoundException wrong)
                {
                    NativeLibrary.Free(library);
                    throw new DuckDbException($"{Variable} '{name}' is not DuckDB's library of version 0.7 or later: {wrong.Message}");
                }
            }
        }

        throw new DuckDbException(named is { Length: > 0 }
            ? $"{Variable} '{named}' cannot be loaded: it must be the path of DuckDB's library for C, such as /opt/duckdb/libduckdb.so"
            : $"DuckDB's library ({names[0]}) was not found: set {Variable} to its path (DuckDB offers it as its library for C and C++), or export parquet and run its duckdb.sql with the duckdb program");
    }

    /// <summary>Runs statements on a database file.</summary>
    /// <param name="file">The file; made when it is not there.</param>
    /// <param name="sql">Statements, each with its semicolon.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <exception cref="DuckDbException">It cannot be opened, or a statement failed.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public void Run(string file, string sql, CancellationToken cancellation)
    {
        var (path, text, result) = (Marshal.StringToCoTaskMemUTF8(file), Marshal.StringToCoTaskMemUTF8(sql), Marshal.AllocCoTaskMem(ResultBytes));
        nint database = 0, connection = 0;
        try
        {
            if (_open(path, out database, 0, out var failed) != 0)
            {
                throw new DuckDbException($"'{file}' cannot be opened: {Marshal.PtrToStringUTF8(failed)}");
            }

            if (_connect(database, out connection) != 0)
            {
                throw new DuckDbException($"'{file}' cannot be connected to");
            }

            Marshal.Copy(new byte[ResultBytes], 0, result, ResultBytes);
            var running = connection;
            using var interruption = cancellation.Register(() => _interrupt(running));
            var state = _query(connection, text, result);
            var message = state == 0 ? null : Marshal.PtrToStringUTF8(_error(result)) ?? "unknown error";
            _destroyResult(result);
            cancellation.ThrowIfCancellationRequested();
            if (message is not null)
            {
                throw new DuckDbException(message);
            }
        }
        finally
        {
            Release(_disconnect, connection);
            Release(_close, database);
            Marshal.FreeCoTaskMem(path);
            Marshal.FreeCoTaskMem(text);
            Marshal.FreeCoTaskMem(result);
        }
    }

    // These take the place where the handle is kept.
    private static void Release(ReleaseFunction function, nint handle)
    {
        if (handle == 0)
        {
            return;
        }

        var place = Marshal.AllocCoTaskMem(nint.Size);
        Marshal.WriteIntPtr(place, handle);
        function(place);
        Marshal.FreeCoTaskMem(place);
    }

    private T Function<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));
}
