namespace Writ.Cedar.Validation.Typing;

/// <summary>What an operand must be.</summary>
/// <param name="Words">It in words, for messages.</param>
/// <param name="Accepts">Whether a type is that.</param>
/// <param name="Assumed">What a value is taken for of which nothing is known; null when no such value can be meant.</param>
internal sealed record Expectation(string Words, Func<Ty, bool> Accepts, Ty? Assumed)
{
    public static readonly Expectation Bool = new("Bool", type => type is Ty.Bool or Ty.Never, Ty.AnyBool);
    public static readonly Expectation Long = new("Long", type => type is Ty.Long or Ty.Never, Ty.Integer);
    public static readonly Expectation String = new("String", type => type is Ty.String or Ty.Never, Ty.Text);
    public static readonly Expectation Set = new("a set", type => type is Ty.Set or Ty.Never, new Ty.Set(Ty.Anything));
    public static readonly Expectation Entity = new("an entity", type => type is Ty.Entity or Ty.Never, null);
    public static readonly Expectation EntityOrRecord = new("an entity or a record", type => type is Ty.Entity or Ty.Record or Ty.Never, Ty.AnyRecord);
    public static readonly Expectation EntityOrEntities = new("an entity or a set of entities", type => type is Ty.Entity or Ty.Set { Element: Ty.Entity or Ty.Never } or Ty.Never, null);

    public static Expectation Of(Ty type) => type is Ty.String ? String : new Expectation(type.ToString(), given => given.Equals(type) || given is Ty.Never, type);
}
