namespace Writ.Server.Api;

/// <summary>A registered enforcement point and its key: shown here and never again.</summary>
internal sealed record EnforcementPointAnswer(string Name, string Key, string KeyId);
