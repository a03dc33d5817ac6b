using System.Text;

namespace DataExchange.EventStore.Reading;

/// <summary>Turns bytes into strings once: neighbouring events often share a stream, and there are few kinds.</summary>
internal sealed class KnownNames
{
    private readonly List<(byte[] Utf8, string Text)> _types = [];
    private byte[] _streamUtf8 = [];
    private int _streamLength;
    private string _stream = "";
    private int _lastType;

    public string StreamId(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.SequenceEqual(_streamUtf8.AsSpan(0, _streamLength)))
        {
            if (utf8.Length > _streamUtf8.Length)
            {
                _streamUtf8 = new byte[2 * utf8.Length];
            }

            utf8.CopyTo(_streamUtf8);
            _streamLength = utf8.Length;
            _stream = Encoding.UTF8.GetString(utf8);
        }

        return _stream;
    }

    public string TypeName(ReadOnlySpan<byte> utf8)
    {
        if (_lastType < _types.Count && utf8.SequenceEqual(_types[_lastType].Utf8))
        {
            return _types[_lastType].Text;
        }

        for (var index = 0; index < _types.Count; index++)
        {
            if (utf8.SequenceEqual(_types[index].Utf8))
            {
                _lastType = index;
                return _types[index].Text;
            }
        }

        _lastType = _types.Count;
        _types.Add((utf8.ToArray(), Encoding.UTF8.GetString(utf8)));
        return _types[_lastType].Text;
    }
}
