namespace Writ.Server.Configuration;

/// <summary>One setting: its key (dotted, the path in the file), what its values look like, and how one is read.</summary>
internal sealed record Setting<T>(string Key, string Expected, Func<SettingText, Reading<T>> Read) : ISetting;
