namespace Writ.Server.Api;

/// <summary>How one witness stands to one log.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="Size">The size it cosigned last, as far as this process knows.</param>
/// <param name="Behind">How many signed records it has not cosigned.</param>
/// <param name="CosignedAt">When, by its own clock.</param>
/// <param name="Code">Why the last request got no cosignature.</param>
/// <param name="Fault">The same in words.</param>
internal sealed record WitnessView(string Name, long Size, long Behind, DateTimeOffset? CosignedAt, string? Code, string? Fault);
