namespace Writ.Governance.Schemas;

/// <summary>Why an instance is not valid. Holds no value of the instance, only names of members, printable and cut to 40 characters.</summary>
/// <param name="InstancePointer">
/// Where in the instance (RFC 6901), at most 512 characters; it ends before a name that is too long or cannot be shown.
/// </param>
/// <param name="Keyword">The keyword that was violated; <c>instance</c> where the instance could not be looked at in full.</param>
/// <param name="Message">What was expected, and the kind of what was found.</param>
public sealed record SchemaViolation(string InstancePointer, string Keyword, string Message);
