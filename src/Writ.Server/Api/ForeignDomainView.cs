namespace Writ.Server.Api;

/// <summary>A trust domain that was imported, and how many roots and keys for tokens vouch for it.</summary>
internal sealed record ForeignDomainView(string Domain, int Roots, int TokenKeys);
