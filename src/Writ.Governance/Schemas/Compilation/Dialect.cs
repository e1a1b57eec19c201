namespace Writ.Governance.Schemas.Compilation;

/// <summary>The draft a schema is written in.</summary>
internal enum Dialect
{
    /// <summary>None is named: 2020-12, as MCP has it, and the forms of draft-07 that do not contradict it.</summary>
    Unstated,

    Draft7,

    Draft202012,
}
