using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Writ.Governance.Tools;

/// <summary>How the tools of a server are reached.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Stdio), "stdio")]
[JsonDerivedType(typeof(Http), "http")]
[JsonDerivedType(typeof(Declared), "declared")]
public abstract record ServerConnection
{
    private ServerConnection()
    {
    }

    /// <summary>A child process of Writ, started without a shell and inside a sandbox.</summary>
    public sealed record Stdio : ServerConnection
    {
        /// <summary>The program; its arguments are never part of it.</summary>
        public required string Command { get; init; }

        public ImmutableArray<string> Arguments { get; init; } = [];

        /// <summary>The variables the child gets beyond a fixed minimum. Nothing else is inherited.</summary>
        public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

        public string? WorkingFolder { get; init; }

        /// <summary>Folders the child may read beyond the system's own.</summary>
        public ImmutableArray<string> ReadOnlyPaths { get; init; } = [];

        /// <summary>Folders the child may write. None by default.</summary>
        public ImmutableArray<string> WritablePaths { get; init; } = [];

        /// <summary>Whether the child may use the network. Defaults to not.</summary>
        public bool Network { get; init; }

        /// <summary><c>bubblewrap</c> (the default), or the words that give it up.</summary>
        public string Sandbox { get; init; } = Bubblewrap;

        public const string Bubblewrap = "bubblewrap";

        /// <summary>The only other accepted value: the server then runs with Writ's own rights.</summary>
        public const string Unprotected = "none-i-accept-the-risk";
    }

    /// <summary>A Streamable HTTP endpoint.</summary>
    public sealed record Http : ServerConnection
    {
        public required string Url { get; init; }

        /// <summary>Private, loopback or link-local addresses that this server may resolve to; all others of that kind are refused.</summary>
        public ImmutableArray<string> AllowedAddresses { get; init; } = [];

        /// <summary>Whether Writ signs its requests to the server (RFC 9421, Web Bot Auth), so that the server knows them from others'. Defaults to not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Sign { get; init; }
    }

    /// <summary>Tools that are called elsewhere and only decided here: an enforcement point asks, nothing is forwarded.</summary>
    public sealed record Declared : ServerConnection;
}
