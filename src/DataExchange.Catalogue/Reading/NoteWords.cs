namespace DataExchange.Catalogue.Reading;

/// <summary>Oddities in words for people.</summary>
public static class NoteWords
{
    /// <summary>An oddity in words.</summary>
    /// <param name="code">What it is.</param>
    public static Label Of(NoteCode code) => code switch
    {
        NoteCode.ByteOrderMark => new("文件以字节顺序标记开头", "the file begins with a byte-order mark"),
        NoteCode.NotUtf8 => new("文件为 UTF-16 编码", "the file is UTF-16"),
        NoteCode.InvalidBytes => new("已替换非 UTF-8 字节", "bytes that are no UTF-8 were replaced"),
        NoteCode.NotStrictJson => new("JSON 不规范（多余逗号、注释或控制字符）", "not strict JSON: trailing commas, comments or control characters"),
        NoteCode.TitleAssumed => new("无标题，以标识符代替", "no title: the identifier stands for it"),
        NoteCode.TitleCut => new("标题过长，已截断", "the title was too long and was cut"),
        NoteCode.TitleNotTranslated => new("只有一种语言的标题", "a title in one language only"),
        NoteCode.DescriptionMissing => new("无描述", "no description"),
        NoteCode.MarkupRemoved => new("已去除标记语言", "markup was taken out"),
        NoteCode.ControlCharactersRemoved => new("已去除控制字符", "control characters were taken out"),
        NoteCode.IdentifierMissing => new("无标识符，以内容指纹代替", "no identifier: the content stands for it"),
        NoteCode.IdentifierRepeated => new("标识符与前面的记录重复", "an earlier record has the identifier"),
        NoteCode.PublisherAssumed => new("无发布者，已另行认定", "no publisher: another was taken"),
        NoteCode.UseScenarioAssumed => new("未写应用场景，以描述代替", "no use scenario: the description was taken for it"),
        NoteCode.AccessLevelAssumed => new("无开放级别，按公开处理", "no access level: taken as public"),
        NoteCode.AccessLevelUnknown => new("开放级别未知，按受限处理", "access level unknown: taken as restricted"),
        NoteCode.CategoryAssumed => new("无对应类别，归入其他", "no category of ours: filed under another"),
        NoteCode.KeywordsSplit => new("关键词不是列表，已拆分", "keywords as one text: split"),
        NoteCode.DistributionMissing => new("无获取方式", "no way to the data"),
        NoteCode.DistributionUnusable => new("获取方式无法使用", "a distribution that says nothing"),
        NoteCode.AddressInvalid => new("网址无效", "an address that is none"),
        NoteCode.SpatialUnusable => new("空间范围为空或无法识别", "a place that is null, empty or in no known form"),
        NoteCode.DateIsInterval => new("日期栏写的是频率", "a date that says how often, not when"),
        NoteCode.DateUnreadable => new("日期无法识别", "a date that cannot be read"),
        NoteCode.TextUnreadable => new("文本无法读取，已略过", "a text that cannot be read was passed over"),
        NoteCode.FingerprintTaken => new("采用目录自带的内容指纹", "the content fingerprint is the catalogue's own"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "no words"),
    };

    /// <summary>Why a record cannot be used, in words.</summary>
    /// <param name="reason">Why.</param>
    public static Label Of(Unusable reason) => reason switch
    {
        Unusable.NotAnObject => new("记录不是对象", "the record is no object"),
        Unusable.ReferenceUnresolved => new("所引用的条目不在文件中", "it refers to something that is not in the file"),
        Unusable.NothingToNameItBy => new("既无标题也无标识符", "it has neither a title nor an identifier"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no words"),
    };
}
