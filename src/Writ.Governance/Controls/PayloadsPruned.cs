using Writ.Governance.Retention;

namespace Writ.Governance.Controls;

/// <summary>The payloads of a class, of records from an index up to another, are removed from here on. The records stay.</summary>
public sealed record PayloadsPruned(RetentionClass Class, ulong From, ulong To, int Count) : ControlAction;
