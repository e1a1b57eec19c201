using Writ.Gateways.Files;

namespace Writ.Cli.Discovery;

/// <summary>Looks at the files below a home in which clients of MCP keep their configuration, and at no others.</summary>
internal static class MachineScan
{
    /// <summary>What the clients of one person have.</summary>
    /// <param name="home">Their home.</param>
    /// <param name="machine">What this machine is called.</param>
    /// <param name="limits">How far to go.</param>
    public static Discovered Scan(string home, string machine, DiscoveryLimits limits)
    {
        var found = new Discovered(limits);
        foreach (var (path, client) in ClientFiles.InHome)
        {
            if (PlainFile.Read(Path.Combine(home, path), limits.FileBytes, out var why) is { } bytes)
            {
                found.Read++;
                FileReader.Configuration(client, "~/" + path, bytes, found, $"{client} on {machine}");
            }
            else if (why is not null)
            {
                found.Skip("~/" + path, why);
            }
        }

        return found;
    }
}
