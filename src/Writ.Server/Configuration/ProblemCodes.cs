namespace Writ.Server.Configuration;

/// <summary>The stable codes of configuration problems; each has an entry in docs/errors.md and is never reused.</summary>
internal static class ProblemCodes
{
    public const string FileUnreadable = "WRIT9001";
    public const string NotYaml = "WRIT9002";
    public const string UnknownKey = "WRIT9003";
    public const string DuplicateKey = "WRIT9004";
    public const string WrongType = "WRIT9005";
    public const string BadValue = "WRIT9006";
    public const string OutOfBounds = "WRIT9007";
    public const string ListensBeyondLoopback = "WRIT9008";
    public const string FoldersOverlap = "WRIT9009";
    public const string NoHome = "WRIT9010";
}
