using DataExchange.Domain;

namespace DataExchange.Exchange.Verification;

/// <summary>
/// What the streams say of one deal, to be compared when all are read. Parties, products and venues are numbers of <see cref="Names"/>.
/// </summary>
internal struct DealFacts
{
    // Trading's offer stream: the licence
    internal Side Licence;
    internal int LicenceRevokedVersion;
    internal SimulatedTime LicenceRevokedAt;

    // Trading's deal stream
    internal int MatchedVersion;
    internal ulong MatchedPrice;
    internal int AgreedVersion;
    internal int AgreedProductVersion;
    internal Side Registration;
    internal long DecidedRefundFen;
    internal long DecidedChargebackFen;
    internal long UsageFen;
    internal int CompletedVersion;

    // Settlement's account streams
    internal int HoldParty;
    internal long HeldFen;
    internal long HoldReleasedFen;
    internal long CapturedFen;
    internal int CreditParty;
    internal long CreditedFen;

    // Settlement's settlement stream
    internal Side Escrow;
    internal long FiledFen;
    internal long PaidOutFen;
    internal long PeriodsFen;
    internal long RefundedFen;
    internal int InvoiceVersion;
    internal Back ChargedBack;
    internal Digest Invoice;

    // Settlement's payable streams
    internal Back Recovered;

    // Settlement's chain stream
    internal int Chain;
    internal int AnchorVersion;
    internal Digest Anchored;
}

/// <summary>One side's account of what was taken back.</summary>
internal struct Back
{
    /// <summary>All of it, where that is said.</summary>
    internal long AmountFen;

    /// <summary>Tax and fee.</summary>
    internal long TaxAndFeeFen;

    /// <summary>What the parties have to give back.</summary>
    internal long SharesFen;

    /// <summary>A number that follows from who gives back how much, in whatever order.</summary>
    internal ulong Key;

    internal void Add(int party, long fen)
    {
        unchecked
        {
            SharesFen += fen;
            Key += (ulong)party * 0x9E37_79B9_7F4A_7C15 * (ulong)fen;
        }
    }
}

/// <summary>One side's account of who trades what for how much: the licence, the registration, the escrow.</summary>
internal struct Side
{
    /// <summary>Version of the event in its stream; 0 when there is none.</summary>
    internal int Version;
    internal SimulatedTime At;
    internal int Product;
    internal int Venue;
    internal int Buyer;
    internal int Provider;
    internal TradeChannel Channel;
    internal long AmountFen;

    /// <summary>Version of the product's content; only a licence tells it.</summary>
    internal int ProductVersion;

    /// <summary>Whether it is sold on trial; only a licence tells it.</summary>
    internal bool InSandbox;

    /// <summary>A number that follows from what the price is made of; only a licence tells it.</summary>
    internal ulong Price;

    /// <summary>A number that follows from fee, tax and contributors.</summary>
    internal ulong Terms;

    internal readonly bool Exists => Version != 0;

    internal static ulong Fold(
        int feeBasisPoints, int vatBasisPoints, IReadOnlyList<ContributorShare> contributors, FeeSchedule? fee, Names parties)
    {
        unchecked
        {
            // FNV-1a over 32-bit words.
            var fold = Step(Step(14_695_981_039_346_656_037, feeBasisPoints), vatBasisPoints);
            foreach (var share in contributors)
            {
                fold = Step(Step(fold, parties.Of(share.Party.Value)), share.ShareBasisPoints);
            }

            if (fee is not null)
            {
                fold = Amount(Amount(Step(fold, fee.Above.Count), fee.LeastFen), fee.MostFen ?? -1);
                foreach (var tier in fee.Above)
                {
                    fold = Step(Amount(fold, tier.AboveFen), tier.BasisPoints);
                }
            }

            return fold;

            static ulong Amount(ulong fold, long fen) => Step(Step(fold, (int)fen), (int)(fen >> 32));

            static ulong Step(ulong fold, int word) => (fold ^ (uint)word) * 1_099_511_628_211;
        }
    }
}

/// <summary>A SHA-256 in 32 bytes.</summary>
internal readonly record struct Digest(UInt128 High, UInt128 Low)
{
    private const int HexDigits = 64;

    /// <summary>The digest that the text writes in hexadecimal; zero when it is no such text.</summary>
    internal static Digest Of(string hex) =>
        hex.Length == HexDigits
        && UInt128.TryParse(hex.AsSpan(0, HexDigits / 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var high)
        && UInt128.TryParse(hex.AsSpan(HexDigits / 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var low)
            ? new(high, low)
            : default;
}

/// <summary>The facts of all deals, in blocks so that growing never copies them.</summary>
internal sealed class DealTable
{
    private const int BlockSize = 1 << 12;
    private readonly Names _names = new();
    private readonly List<DealFacts[]> _blocks = [];

    internal int Count => _names.Count;

    internal ref DealFacts this[DealId deal] => ref At(_names.Of(deal.Value));

    internal string NameOf(int number) => _names[number];

    internal ref DealFacts At(int number)
    {
        var index = number - 1;
        while (index / BlockSize >= _blocks.Count)
        {
            _blocks.Add(new DealFacts[BlockSize]);
        }

        return ref _blocks[index / BlockSize][index % BlockSize];
    }
}
