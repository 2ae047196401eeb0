import { CommanderError } from "commander";
import { type ExitCode, exitCodes, isRefusal, Stop } from "./exit.ts";
import { makeProgram } from "./program.ts";
import { openTerminal, printable, processStreams, type Streams, type Terminal } from "./terminal.ts";

/** Runs one command line and returns the exit code; it neither throws nor ends the process. */
export async function main(args: readonly string[], streams: Streams = processStreams()): Promise<ExitCode> {
  const terminal = openTerminal(streams);
  let code: ExitCode = exitCodes.done;
  try {
    const program = makeProgram(terminal, (result) => {
      code = result;
    });
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): ExitCode {
  // Commander has written its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  const sayError = (text: string) => terminal.say(`${terminal.messageStyle("red", "error:")} ${printable(text)}`);
  if (error instanceof Stop) {
    sayError(error.message);
    return error.exitCode;
  }
  if (isRefusal(error)) {
    sayError(error.message);
    return exitCodes.inputHasErrors;
  }
  const debug = (terminal.streams.environment.DETECTIONARY_DEBUG ?? "") !== "";
  const message = error instanceof Error ? error.message : String(error);
  sayError(`detectionary hit a bug of its own: ${message}`);
  if (debug && error instanceof Error) terminal.say(printable(error.stack ?? ""));
  terminal.say(
    debug
      ? "Please report it with the command that you ran and the lines above."
      : "Please report it with the command that you ran; DETECTIONARY_DEBUG=1 shows where it happened.",
  );
  return exitCodes.bug;
}
