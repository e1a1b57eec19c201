namespace Writ.Server.Tests.Archiving;

/// <summary>One version of an object in the double; without bytes it says that the object was deleted.</summary>
internal sealed class S3Version
{
    public required string Id { get; init; }

    public byte[]? Bytes { get; init; }

    public string? Sha256 { get; init; }

    public string? Mode { get; init; }

    public DateTimeOffset RetainUntil { get; init; }

    public bool IsHeld { get; set; }
}
