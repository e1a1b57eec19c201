using Writ.Governance.Decisions;

namespace Writ.Governance.Limits;

/// <summary>What one permitted call took of everything that is counted.</summary>
/// <param name="Request">The call.</param>
/// <param name="Arguments">The arguments that it runs with.</param>
/// <param name="Rates">What it took of its rates.</param>
internal sealed record Reservation(ActionRequest Request, Arguments Arguments, RateReservation Rates);
