using FsCheck;
using FsCheck.Fluent;

namespace Writ.Cedar.Tests.Generation;

/// <summary>Checks a law for many seeds; FsCheck names the seed that breaks it.</summary>
internal static class Property
{
    public static void Holds(int times, Action<PolicyGenerator> law)
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => law(new PolicyGenerator(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
    }
}
