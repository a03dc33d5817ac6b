using System.Globalization;
using System.Text;
using QRCoder;

namespace DataExchange.Vouchers.Page;

/// <summary>A QR code as SVG, with the quiet zone of four modules that ISO/IEC 18004 asks for.</summary>
internal static class QrImage
{
    /// <summary>Draws it: one path, black on white.</summary>
    /// <param name="text">ASCII.</param>
    internal static string Of(string text)
    {
        // Medium: a seventh of the code may be lost to a fold or a stain.
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return $"<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {rows.Count} {rows.Count}\" shape-rendering=\"crispEdges\" role=\"img\" "
            + $"aria-label=\"QR\"><rect width=\"{rows.Count}\" height=\"{rows.Count}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>";
    }
}
