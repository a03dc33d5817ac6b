namespace DataExchange.Gateway;

/// <summary>What a caller may ask for.</summary>
public static class GatewayLimits
{
    /// <summary>Largest body, bytes.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>Most items of a page.</summary>
    public const int PageItems = 200;

    /// <summary>Items of a page unless said otherwise.</summary>
    public const int UsualPageItems = 50;
}
