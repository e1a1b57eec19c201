using System.Text.Json.Nodes;
using Writ.Cli.Terminal;

namespace Writ.Cli.Api;

/// <summary>What came of one request.</summary>
internal abstract record ApiResult<T>
{
    private ApiResult()
    {
    }

    /// <summary>The server did it.</summary>
    /// <param name="Value">The parts of its answer that the command knows.</param>
    /// <param name="Document">All of its answer.</param>
    public sealed record Ok(T Value, JsonNode Document) : ApiResult<T>;

    /// <summary>It did not, or could not be asked.</summary>
    /// <param name="Trouble">Why, and what to do.</param>
    public sealed record Failed(Trouble Trouble) : ApiResult<T>;
}
