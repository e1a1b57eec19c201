using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Restorations;

/// <summary>What control actions about a restore make of an organization.</summary>
internal static class RestorationChanges
{
    /// <summary>One restore may take several records, for the erased keys. Nothing is decided from here on, and no key of an agent works: it may have been revoked after the backup.</summary>
    public static OrganizationState Restore(this OrganizationState state, InstallationRestored restored, ControlRecord record) =>
        record.By.Person is not null
            ? throw new InvalidDataException("a restore is no person's to record")
            : state with
            {
                Restoration = new Restoration { Domain = restored.Domain, At = Timestamp.FromMicroseconds(record.At), Logs = restored.Logs, Erased = [.. state.Restoration is { } begun && begun.Domain == restored.Domain ? begun.Erased : [], .. restored.Erased] },
                AgentKeys = state.AgentKeys.ToImmutableDictionary(key => key.Key, key => key.Value with { Suspended = !key.Value.Revoked }),
                AgentCredentials = state.AgentCredentials.Suspended(),
                TrustDomains = state.TrustDomains.Distrusted(),
                UserIssuers = Users.UserIssuers.None, // one may have been removed after the backup
                // A token may have been revoked after the backup.
                DirectoryClients = state.DirectoryClients.Clear(),
                // An invitation may have been used, and a session ended.
                Invitations = state.Invitations.Clear(),
                Sessions = state.Sessions.Clear(),
                Enrolments = state.Enrolments.Clear(), // one may have been used after the backup (T80)
            };

    public static OrganizationState Confirm(this OrganizationState state, RestorationConfirmed confirmed, ControlRecord record)
    {
        if (state.Restoration is not { IsConfirmed: false } open || open.Domain != confirmed.Domain)
            throw new InvalidDataException($"there is no restore {confirmed.Domain} that waits to be confirmed");
        var by = record.By.Person ?? throw new InvalidDataException("a restore is confirmed by people");
        if (Obstacle(state, by, Timestamp.FromMicroseconds(record.At)) is { } obstacle)
            throw new InvalidDataException(obstacle.Text);
        return state with
        {
            Restoration = open with
            {
                ConfirmedBy = open.ConfirmedBy.Add(by), IsConfirmed = !state.SoloEnded || open.ConfirmedBy.Length == 1, Solo = !state.SoloEnded,
            },
        };
    }

    public static OrganizationState Reconfirm(this OrganizationState state, AgentKeyReconfirmed reconfirmed) =>
        state.AgentKeys.TryGetValue(reconfirmed.KeyId, out var key) && key.Agent == reconfirmed.Agent && key.Suspended
            ? state with { AgentKeys = state.AgentKeys.SetItem(key.KeyId, key with { Suspended = false }) }
            : state.AgentCredentials.Find(reconfirmed.KeyId) is { Suspended: true } credential && credential.Agent == reconfirmed.Agent
            ? state with { AgentCredentials = state.AgentCredentials.With(credential with { Suspended = false }) }
            : throw new InvalidDataException($"agent {reconfirmed.Agent} has no suspended key {reconfirmed.KeyId}");

    /// <summary>Why a person's confirmation does not count; null when it does.</summary>
    public static ConfirmationObstacle? Obstacle(this OrganizationState state, PersonId by, DateTimeOffset at) =>
        state.Restoration is { ConfirmedBy: [var first, ..] } ? SecondPerson.Closeness(state, first, by, at) : null;
}
