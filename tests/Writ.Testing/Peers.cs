using Xunit;

namespace Writ.Testing;

/// <summary>
/// The real programs of <c>tests/peers</c>, at the versions its lock file pins. Each member is the full path of a script to
/// hand to <see cref="Node"/>; asking for one that is not installed skips the running test and names the command that installs it.
/// </summary>
public static class Peers
{
    private const string Install = "run ./test, or: cd tests/peers && npm ci";

    /// <summary>The folder that holds the peers' package.json; a good working folder for a peer's process.</summary>
    public static string Folder { get; } = Repository.PathOf("tests", "peers");

    /// <summary>The <c>node</c> executable found on PATH.</summary>
    public static string Node => FindOnPath("node") ?? Skip("node (20 or newer) is not on PATH: apt install nodejs npm, then " + Install);

    /// <summary>Reference server with tools, prompts and resources of every kind. Argument: <c>stdio</c> or <c>streamableHttp</c> (PORT).</summary>
    public static string Everything => Module("server-everything", "dist", "index.js");

    /// <summary>File server over stdio. Arguments: the folders it may touch.</summary>
    public static string FileSystem => Module("server-filesystem", "dist", "index.js");

    /// <summary>Knowledge graph over stdio, kept in the file that MEMORY_FILE_PATH names.</summary>
    public static string Memory => Module("server-memory", "dist", "index.js");

    /// <summary>The inspector: <c>node [Inspector] --cli URL --transport http --header "Authorization: Bearer KEY" --method tools/list</c>.</summary>
    public static string Inspector => Module("inspector", "cli", "build", "cli.js");

    /// <summary>
    /// Our own server of the 2026-07-28 protocol on 127.0.0.1: prints <c>listening PORT</c>, ends with its standard input (so
    /// redirect that), serves at any path, writes the calls it executed to the file CALL_LOG; LEGACY=stateless lets older clients in.
    /// Tools: <c>read_note(title)</c>, <c>add_numbers(a, b)</c>, <c>erase_notes(prefix)</c>.
    /// </summary>
    public static string CurrentEra
    {
        get
        {
            Module("server", "package.json");
            return Path.Combine(Folder, "current-era-server.mjs");
        }
    }

    /// <summary>Our own script around Cedar's published engine; <see cref="Testing.CedarOracle"/> talks to it.</summary>
    public static string CedarOracle
    {
        get
        {
            Installed("@cedar-policy", "cedar-wasm", "package.json");
            return Path.Combine(Folder, "cedar-oracle.mjs");
        }
    }

    /// <summary>Our own script around the JSON Schema validator ajv; <see cref="Testing.RecordOracle"/> talks to it.</summary>
    public static string RecordOracle
    {
        get
        {
            _ = Node;
            Installed("ajv", "dist", "2020.js");
            return Path.Combine(Folder, "record-oracle.mjs");
        }
    }

    /// <summary>Our own script around other people's SCIM libraries: a line of JSON each on standard input, a line each on standard output.</summary>
    public static string ScimOracle
    {
        get
        {
            _ = Node;
            foreach (var package in new[] { "scimmy", "scim-patch", "scim2-parse-filter" })
                Installed(package, "package.json");
            return Path.Combine(Folder, "scim-oracle.mjs");
        }
    }

    /// <summary>Our own script around a parser of the Prometheus text format: the text on standard input, what was read as JSON on standard output.</summary>
    public static string MetricsOracle
    {
        get
        {
            _ = Node;
            Installed("parse-prometheus-text-format", "package.json", []);
            return Path.Combine(Folder, "metrics-oracle.mjs");
        }
    }

    /// <summary>Our own agent on the OpenTelemetry SDK. Arguments: the endpoint, and <c>protobuf</c> or <c>json</c>; spans as lines of JSON on standard input.</summary>
    public static string OtelAgent
    {
        get
        {
            _ = Node;
            Installed("@opentelemetry", "exporter-trace-otlp-proto", "package.json");
            return Path.Combine(Folder, "otel-agent.mjs");
        }
    }

    /// <summary>Our own collector of spans, which decodes with the OpenTelemetry project's classes: prints <c>listening PORT</c>, then a line of JSON a request.</summary>
    public static string OtelCollector
    {
        get
        {
            _ = Node;
            Installed("@opentelemetry", "otlp-transformer", "package.json");
            return Path.Combine(Folder, "otel-collector.mjs");
        }
    }

    /// <summary>Our own script around the libraries that receivers of feeds use; <see cref="Testing.FeedOracle"/> talks to it.</summary>
    public static string FeedOracle
    {
        get
        {
            _ = Node;
            Installed("cloudevents", "package.json", []);
            Installed("standardwebhooks", "package.json", []);
            Installed("ajv", "dist", "2020.js");
            return Path.Combine(Folder, "feed-oracle.mjs");
        }
    }

    /// <summary>Our own script around the npm library <c>jose</c>; <see cref="LinePeer"/> talks to it.</summary>
    public static string Jose
    {
        get
        {
            _ = Node;
            Installed("jose", "package.json", []);
            return Path.Combine(Folder, "jose-peer.mjs");
        }
    }

    /// <summary>Our own script around the npm library <c>openid-client</c>; <see cref="LinePeer"/> talks to it.</summary>
    public static string OpenIdClient
    {
        get
        {
            _ = Node;
            Installed("openid-client", "package.json", []);
            return Path.Combine(Folder, "openid-client.mjs");
        }
    }

    /// <summary>Our own script around the npm library <c>http-message-signatures</c>; <see cref="LinePeer"/> talks to it.</summary>
    public static string HttpSignatures
    {
        get
        {
            _ = Node;
            Installed("http-message-signatures", "package.json", []);
            return Path.Combine(Folder, "http-signatures-peer.mjs");
        }
    }

    /// <summary>
    /// Our own script around a certified OpenID provider, <c>oidc-provider</c>: prints <c>listening PORT</c>, ends with its standard input. REDIRECT
    /// and LOGOUT in its environment say where it sends browsers and the ends of sessions.
    /// </summary>
    public static string OpenIdProvider
    {
        get
        {
            _ = Node;
            Installed("oidc-provider", "package.json", []);
            return Path.Combine(Folder, "oidc-provider.mjs");
        }
    }

    /// <summary>The record oracle with the program that runs it, or null where one of them is not installed; skips nothing.</summary>
    internal static (string Node, string Script)? InstalledRecordOracle =>
        FindOnPath("node") is { } node && File.Exists(Path.Combine(Folder, "node_modules", "ajv", "dist", "2020.js"))
            ? (node, Path.Combine(Folder, "record-oracle.mjs"))
            : null;

    private static string Module(string package, params string[] parts) => Installed("@modelcontextprotocol", package, parts);

    private static string Installed(string publisher, string package, params string[] parts)
    {
        var path = Path.Combine([Folder, "node_modules", publisher, package, .. parts]);
        return File.Exists(path) ? path : Skip($"peer '{publisher}/{package}' is not installed: {Install}");
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string Skip(string reason)
    {
        Assert.Skip(reason);
        return reason;
    }
}
