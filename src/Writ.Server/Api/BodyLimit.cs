using Microsoft.AspNetCore.Http.Metadata;

namespace Writ.Server.Api;

/// <summary>The longest body of a route, in bytes, where the server's default is not right for it.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
{
    /// <summary>For every route that does not say otherwise: 64 KiB.</summary>
    public const long Default = 64 << 10;

    /// <summary>What carries lists of names: 512 KiB.</summary>
    public static BodyLimit Lists { get; } = new(512 << 10);

    /// <summary>What carries documents of others: policies, tool definitions, arguments, results. 4 MiB.</summary>
    public static BodyLimit Documents { get; } = new(4 << 20);
}
