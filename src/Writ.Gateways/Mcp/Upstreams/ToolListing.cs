using System.Collections.Immutable;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>What came of reading an upstream's tools.</summary>
public abstract record ToolListing
{
    private ToolListing()
    {
    }

    /// <summary>All pages, in the server's order; no name occurs twice.</summary>
    public sealed record Complete(ImmutableArray<UpstreamTool> Tools) : ToolListing;

    /// <summary>Not read in full, so not at all: half a list could hide a change.</summary>
    public sealed record Unavailable(UpstreamFailure Kind, string Detail) : ToolListing;
}
