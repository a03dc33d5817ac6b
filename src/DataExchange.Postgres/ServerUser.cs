using System.Globalization;

namespace DataExchange.Postgres;

/// <summary>The account the server runs as: ourselves, or when we are root (which PostgreSQL refuses) an unprivileged one.</summary>
internal sealed record ServerUser(string Name, int UserId, int GroupId, bool IsOurselves)
{
    private const string Account = "postgres";

    /// <summary>Chooses the account; as root the owner of an existing cluster, otherwise "postgres", created when missing.</summary>
    public static async Task<ServerUser> ChooseAsync(string? existingDataDirectory, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerUser(Environment.UserName, -1, -1, IsOurselves: true);
        }

        if (Subprocess.Find("setpriv") is null)
        {
            throw new PostgresUnavailableException(
                "PostgreSQL does not run as root and the command setpriv is missing: install util-linux, or run dx as an ordinary user.");
        }

        if (existingDataDirectory is not null && Directory.Exists(existingDataDirectory))
        {
            var owner = await Subprocess.RunAsync(["stat", "-c", "%u %g %U", existingDataDirectory], ct);
            var fields = owner.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (owner.Succeeded && fields.Length >= 3 && fields[0] != "0")
            {
                return new ServerUser(fields[2], Number(fields[0]), Number(fields[1]), IsOurselves: false);
            }
        }

        return Lookup(Account) ?? await CreateAsync(ct);
    }

    /// <summary>The command that runs the given one as this account.</summary>
    public IReadOnlyList<string> Wrap(params IEnumerable<string> command) =>
        IsOurselves
            ? [.. command]
            : ["setpriv", $"--reuid={Text(UserId)}", $"--regid={Text(GroupId)}", "--clear-groups", "--", .. command];

    /// <summary>The first folder on the way to <paramref name="folder"/> that this account may not enter, or null.</summary>
    public async Task<string?> FindBarrierAsync(string folder, CancellationToken ct)
    {
        if (IsOurselves)
        {
            return null;
        }

        var steps = new List<string>();
        for (var step = folder; step is not null; step = Path.GetDirectoryName(step))
        {
            steps.Insert(0, step);
        }

        const string test = """for d; do [ -x "$d" ] || { echo "$d"; exit 1; }; done""";
        var result = await Subprocess.RunAsync(Wrap(["sh", "-c", test, "sh", .. steps]), ct);
        return result.Succeeded ? null : result.Output.Trim();
    }

    /// <summary>Gives a folder, which we own, to this account.</summary>
    public async Task TakeOverAsync(string folder, CancellationToken ct)
    {
        if (IsOurselves)
        {
            return;
        }

        var result = await Subprocess.RunAsync(["chown", "-R", $"{Text(UserId)}:{Text(GroupId)}", folder], ct);
        if (!result.Succeeded)
        {
            throw new PostgresUnavailableException(
                $"The folder {folder} cannot be given to user {Name} ({result.LastLine}): choose a data folder on a local disk with --data.");
        }
    }

    private static async Task<ServerUser> CreateAsync(CancellationToken ct)
    {
        IReadOnlyList<string> command = Subprocess.Find("useradd") is not null
            ? ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/postgresql", "--shell", "/bin/sh", Account]
            : ["adduser", "-S", "-D", "-H", "-h", "/var/lib/postgresql", "-s", "/bin/sh", Account];
        var result = await Subprocess.RunAsync(command, ct);
        return Lookup(Account) ?? throw new PostgresUnavailableException(
            $"PostgreSQL does not run as root and the user {Account} could not be created ({result.LastLine}): run 'useradd --system {Account}'.");
    }

    private static ServerUser? Lookup(string name) =>
        File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3 && fields[0] == name)
            .Select(fields => new ServerUser(name, Number(fields[2]), Number(fields[3]), IsOurselves: false))
            .FirstOrDefault();

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
