using Writ.Cli.Terminal;

namespace Writ.Cli.Api;

/// <summary>Whether it is clear which server to ask, and with what token. Nothing was sent yet.</summary>
internal abstract record ConnectionOpening
{
    private ConnectionOpening()
    {
    }

    public sealed record Opened(ApiClient Client) : ConnectionOpening;

    public sealed record Refused(Trouble Trouble) : ConnectionOpening;
}
