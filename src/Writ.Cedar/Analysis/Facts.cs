using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis;

/// <summary>Formulas of one fact; those that nothing can make true are false at once.</summary>
internal static class Facts
{
    public static Formula Stands(Term term, Access access) => access switch
    {
        Access.None => Formula.False,
        Access.All => Formula.True,
        _ => new Formula.Atom(new Fact.Standing(term, access)),
    };

    public static Formula Readable(Term term) => Stands(term, Access.Readable);

    public static Formula Typed(Term term, ValueTypes types) => types == ValueTypes.None ? Formula.False : new Formula.Atom(new Fact.Typed(term, types));

    public static Formula Between(Term term, ValueTypes type, Int128 least, Int128 most) =>
        least > most ? Formula.False : new Formula.Atom(new Fact.Between(term, type, least, most));

    public static Formula Opaque(Expr expression, Answers answers) =>
        answers == Answers.None ? Formula.False : new Formula.Atom(new Fact.Opaque(expression, answers));
}
