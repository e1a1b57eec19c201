using Writ.Cli;
using Writ.Cli.Terminal;

return await WritCommand.InvokeAsync(Session.OfProcess(), args);
