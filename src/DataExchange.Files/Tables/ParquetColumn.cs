using Parquet;
using Parquet.Schema;

namespace DataExchange.Files.Tables;

/// <summary>The values of one column of the row group that is being filled.</summary>
internal abstract class ParquetColumn(DataField field) : ICellSink
{
    internal DataField Field { get; } = field;

    internal static ParquetColumn Of(Column column) => column.Type switch
    {
        ColumnType.Text or ColumnType.Word => new Texts(new DataField(column.Name, typeof(string), column.IsNullable)),
        ColumnType.Integer => new Integers(new DataField(column.Name, typeof(long), column.IsNullable)),
        ColumnType.Truth => new Truths(new DataField(column.Name, typeof(bool), column.IsNullable)),
        ColumnType.Moment => new Moments(new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, true, DateTimeTimeUnit.Micros, column.IsNullable)),
        ColumnType.Day => new Days(new DataField(column.Name, typeof(DateOnly), column.IsNullable)),
        _ => throw new ArgumentException($"{column.Type} has no form in Parquet.", nameof(column)),
    };

    /// <summary>Writes the values and forgets them.</summary>
    internal abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellation);

    public virtual void Text(string? value) => throw Wrong(nameof(Text));

    public virtual void Integer(long? value) => throw Wrong(nameof(Integer));

    public virtual void Truth(bool? value) => throw Wrong(nameof(Truth));

    public virtual void Moment(DateTime? value) => throw Wrong(nameof(Moment));

    public virtual void Day(DateOnly? value) => throw Wrong(nameof(Day));

    private InvalidOperationException Wrong(string given) => new($"Column {Field.Name} was given a {given}.");

    private sealed class Texts(DataField field) : ParquetColumn(field)
    {
        private readonly List<string> _values = [];

        public override void Text(string? value) => _values.Add(value ?? (Field.IsNullable ? null! : throw Absent(Field)));

        internal override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            await group.WriteAsync(Field, _values, null).ConfigureAwait(false);
            _values.Clear();
        }
    }

    private abstract class Values<T>(DataField field) : ParquetColumn(field)
        where T : struct
    {
        private readonly List<T> _values = [];
        private readonly List<T?> _optional = [];

        internal override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellation)
        {
            if (Field.IsNullable)
            {
                await group.WriteAsync<T>(Field, Memory(_optional), null, null, cancellation).ConfigureAwait(false);
            }
            else
            {
                await group.WriteAsync<T>(Field, Memory(_values), null, null, cancellation).ConfigureAwait(false);
            }

            _values.Clear();
            _optional.Clear();
        }

        protected void Add(T? value)
        {
            if (Field.IsNullable)
            {
                _optional.Add(value);
            }
            else
            {
                _values.Add(value ?? throw Absent(Field));
            }
        }

        private static ReadOnlyMemory<TItem> Memory<TItem>(List<TItem> values) => values.ToArray();
    }

    private sealed class Integers(DataField field) : Values<long>(field)
    {
        public override void Integer(long? value) => Add(value);
    }

    private sealed class Truths(DataField field) : Values<bool>(field)
    {
        public override void Truth(bool? value) => Add(value);
    }

    private sealed class Moments(DataField field) : Values<DateTime>(field)
    {
        public override void Moment(DateTime? value) => Add(value);
    }

    private sealed class Days(DataField field) : Values<DateOnly>(field)
    {
        public override void Day(DateOnly? value) => Add(value);
    }

    private static InvalidOperationException Absent(DataField field) => new($"Column {field.Name} must have a value in every row.");
}
