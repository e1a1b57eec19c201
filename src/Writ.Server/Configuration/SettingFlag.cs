namespace Writ.Server.Configuration;

/// <summary>A setting given on the command line.</summary>
/// <param name="Flag">The flag as the person wrote it, such as <c>--data</c>: problems name it.</param>
/// <param name="Key">The setting's key, such as <c>data_folder</c> or <c>limits.upstream_timeout</c>.</param>
/// <param name="Value">Its value, in the notation of the file.</param>
public sealed record SettingFlag(string Flag, string Key, string Value);
