namespace Writ.Server.Api;

/// <summary>The roots of delegation chains that have not expired, the newest last.</summary>
internal sealed record DelegationList(IReadOnlyList<DelegationView> Delegations);
