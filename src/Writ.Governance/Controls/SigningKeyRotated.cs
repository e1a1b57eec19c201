namespace Writ.Governance.Controls;

/// <summary>
/// Another key signs the installation's checkpoints from here on. The record lies under a checkpoint of the key that went. Only the
/// installation itself takes this action, on its own machine.
/// </summary>
/// <param name="From">The key that went, in base64.</param>
/// <param name="To">The key that came.</param>
public sealed record SigningKeyRotated(string From, string To) : ControlAction;
