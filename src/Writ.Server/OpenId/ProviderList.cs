using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Server.OpenId;

internal sealed record ProviderList(ImmutableArray<OpenIdProvider> Providers);
