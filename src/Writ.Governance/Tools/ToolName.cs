namespace Writ.Governance.Tools;

/// <summary>The rule for tool names: the MCP specification's recommendation (1 to 128 of ASCII letters, digits, <c>_ - . /</c>), enforced.</summary>
public static class ToolName
{
    public const int MaxLength = 128;

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength)
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/'))
                return false;
        }

        return true;
    }
}
