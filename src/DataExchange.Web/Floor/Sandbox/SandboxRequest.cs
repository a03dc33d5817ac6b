using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>A field of a form that is not as it must be.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">What it says.</param>
/// <param name="Allowed">What it may say.</param>
internal sealed record WrongField(string Field, string Value, string Allowed);

/// <summary>Something that somebody wants done on the sandbox floor.</summary>
internal sealed record SandboxRequest
{
    /// <summary>How fast time may pass, simulated seconds a second.</summary>
    internal static readonly int[] Speeds = [1, 2, 5, 10, 30];

    private const long MostSeed = 1_000_000_000;

    /// <summary>What.</summary>
    internal required SandboxAction Action { get; init; }

    /// <summary>Where.</summary>
    internal SandboxPlace Place { get; init; }

    /// <summary>Limit or offer, fen.</summary>
    internal long PriceFen { get; init; }

    /// <summary>Packs or licences.</summary>
    internal int Pieces { get; init; }

    /// <summary>Which order.</summary>
    internal long Number { get; init; }

    /// <summary>How fast.</summary>
    internal int Speed { get; init; }

    /// <summary>The seed to begin anew with.</summary>
    internal ulong Seed { get; init; }

    /// <summary>Reads a form.</summary>
    /// <param name="action">What its address says.</param>
    /// <param name="form">Its fields.</param>
    /// <param name="wrong">The first field that is not as it must be; null for none.</param>
    internal static SandboxRequest Read(SandboxAction action, IFormCollection form, out WrongField? wrong)
    {
        WrongField? found = null;
        var request = new SandboxRequest { Action = action };
        switch (action)
        {
            case SandboxAction.Buy or SandboxAction.Sell:
                request = request with { Place = Place(SandboxPlace.Book, SandboxPlace.Auction), PriceFen = Price(), Pieces = (int)Number("pieces", 1, SandboxMarket.MostPieces) };
                break;
            case SandboxAction.Take:
                request = request with { Pieces = (int)Number("pieces", 1, SandboxMarket.MostPieces) };
                break;
            case SandboxAction.Cancel:
                request = request with { Place = Place(Enum.GetValues<SandboxPlace>()), Number = Number("number", 1, long.MaxValue) };
                break;
            case SandboxAction.Post:
                request = request with { PriceFen = Price() };
                break;
            case SandboxAction.Halt or SandboxAction.Resume:
                request = request with { Place = Place(Enum.GetValues<SandboxPlace>()) };
                break;
            case SandboxAction.Speed:
                var speed = Number("speed", 1, long.MaxValue);
                request = request with { Speed = (int)Math.Min(speed, int.MaxValue) };
                found ??= Speeds.Contains(request.Speed) ? null : new WrongField("speed", form["speed"].ToString(), string.Join(", ", Speeds));
                break;
            case SandboxAction.Reset:
                request = request with { Seed = (ulong)Number("seed", 0, MostSeed) };
                break;
        }

        wrong = found;
        return request;

        long Number(string field, long least, long most)
        {
            var text = form[field].ToString().Trim();
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            found ??= new WrongField(field, text, most == long.MaxValue ? $"{least}, {least + 1}, …" : $"{least} – {most}");
            return least;
        }

        long Price()
        {
            var text = form["price"].ToString().Trim();
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan) && yuan <= SandboxMarket.HighestPriceFen / 100m
                && yuan * 100 is var fen && fen >= SandboxMarket.TickFen && fen % SandboxMarket.TickFen == 0)
            {
                return (long)fen;
            }

            found ??= new WrongField("price", text, "0.10, 0.20, … 1000.00");
            return SandboxMarket.TickFen;
        }

        SandboxPlace Place(params SandboxPlace[] allowed)
        {
            var text = form["place"].ToString();
            foreach (var place in allowed)
            {
                if (text == place.ToString())
                {
                    return place;
                }
            }

            found ??= new WrongField("place", text, string.Join(", ", allowed));
            return allowed[0];
        }
    }
}
