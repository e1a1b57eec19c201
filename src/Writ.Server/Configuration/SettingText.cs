namespace Writ.Server.Configuration;

/// <summary>The text of one value and where it was found.</summary>
/// <param name="Key">The setting's dotted key.</param>
/// <param name="Text">The value as written.</param>
/// <param name="Source">The file, variable or flag.</param>
/// <param name="Folder">What a relative path in it is relative to.</param>
/// <param name="Home">What <c>~/</c> stands for; null where the environment names no home.</param>
/// <param name="Line">The line in the file.</param>
/// <param name="Column">The column in the file.</param>
internal sealed record SettingText(string Key, string Text, string Source, string Folder, string? Home, int? Line = null, int? Column = null)
{
    public ConfigurationProblem Problem(string code, string message) => new(code, Source, message, Line, Column);
}
