using Writ.Governance.Organizations;

namespace Writ.Gateways.Points;

/// <summary>
/// Where the secrets of decision points come from: the environment of the installation, under a name that follows from the organization and
/// the point, so that nobody can have another's secret sent anywhere. They are read when a point is asked and kept nowhere. Thread safe.
/// </summary>
/// <param name="environment">Reads a variable; null where there is none.</param>
public sealed class PointSecrets(Func<string, string?> environment)
{
    /// <summary>The longest secret, in characters.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The variable of a point. A point's name has no two hyphens in a row, so two points never share one.</summary>
    public static string VariableOf(OrganizationId organization, string point) => $"WRIT_POINT_{Upper(organization.ToString())}__{Upper(point)}";

    /// <summary>The secret, where there is one that a header can carry.</summary>
    public string? Find(OrganizationId organization, string point) =>
        environment(VariableOf(organization, point)) is { Length: > 0 and <= MaxLength } secret && secret.All(c => c is > ' ' and <= '~' or ' ') && secret.Trim().Length == secret.Length
            ? secret
            : null;

    private static string Upper(string slug) => slug.ToUpperInvariant().Replace('-', '_');
}
