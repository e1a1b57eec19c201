using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.OpenId;

/// <summary>
/// The connections to the providers of all organizations, each as it is registered now. A client secret, where the provider wants one, comes from
/// the environment: <c>WRIT_OPENID_&lt;ORGANIZATION&gt;__&lt;NAME&gt;</c>. Thread safe.
/// </summary>
internal sealed class ProviderConnections(RegistryHolder registry, Func<string, string?> environment, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(OrganizationId Organization, string Name), ProviderConnection> _open = [];

    /// <summary>The connection to a provider; null where none of that name is registered.</summary>
    public ProviderConnection? Find(OrganizationId organization, string name)
    {
        var provider = registry.Current.Organizations.GetValueOrDefault(organization)?.OpenIdProviders.GetValueOrDefault(name);
        lock (_lock)
        {
            if (_open.TryGetValue((organization, name), out var known) && ReferenceEquals(known.Provider, provider))
                return known;
            // Whoever still uses the old one gets an answer that is not believed.
            _open.Remove((organization, name));
            return provider is null ? null : _open[(organization, name)] = new ProviderConnection(provider, environment(VariableOf(organization, provider)), time);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var connection in _open.Values)
                connection.Dispose();
            _open.Clear();
        }
    }

    private static string VariableOf(OrganizationId organization, OpenIdProvider provider) => $"WRIT_OPENID_{Upper(organization.ToString())}__{Upper(provider.Name)}";

    private static string Upper(string slug) => slug.ToUpperInvariant().Replace('-', '_');
}
