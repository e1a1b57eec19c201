using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Connects to a host only at addresses it may have. The check is made on the addresses the connection then uses, after
/// the name is resolved and on every connection, so that a name that later points elsewhere opens nothing (T59).
/// </summary>
internal sealed class AddressGuard(ImmutableArray<IPNetwork> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // The special-purpose registries of IANA (RFC 6890) that are not globally reachable, and what embeds another address.
    private static readonly ImmutableArray<IPNetwork> Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
            "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Whether an address belongs to the public internet.</summary>
    public static bool IsPublic(IPAddress address) => !IsIn(Special, address);

    /// <summary>
    /// A handler for HTTP that reaches nothing else: no proxy, no redirect, no cookie, no trace header, nothing unpacked. Connections are
    /// renewed after five minutes, so that a name is looked up again.
    /// </summary>
    public SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>Opens a connection for HTTP. Throws <see cref="AddressRefusedException"/> when any address of the host may not be used.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) => ConnectAsync(
        context.DnsEndPoint.Host, context.DnsEndPoint.Port, context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp, cancellationToken);

    /// <summary>The addresses of a host. Throws <see cref="AddressRefusedException"/> when any of them may not be used.</summary>
    public async ValueTask<IPAddress[]> ResolveAsync(string host, bool plain, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        foreach (var address in addresses)
        {
            if (IsIn(allowed, address))
                continue;
            if (plain)
                throw new AddressRefusedException($"{host} is to be reached without TLS at an address that its definition does not allow");
            if (!IsPublic(address))
                throw new AddressRefusedException($"{host} has a loopback, private or special address that its definition does not allow");
        }

        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Opens a connection, plain or for TLS. Throws <see cref="AddressRefusedException"/> when any address of the host may not be used.</summary>
    public async ValueTask<Stream> ConnectAsync(string host, int port, bool plain, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host, plain, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsIn(ImmutableArray<IPNetwork> networks, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }
}
