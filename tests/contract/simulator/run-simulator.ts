/**
 * A process that is nothing but a simulated exchange with a state file, for tests that kill it.
 * Arguments: state file, speed, virtual start, seed. Prints its address; stops cleanly on SIGTERM
 * and then has to end by itself.
 */
import { ExchangeSimulator } from "../../../src/exchange/simulator/simulator.ts";

const [stateFile = "", speed = "1", startAt = "0", seed = "1"] = process.argv.slice(2);
const exchange = await ExchangeSimulator.start({
  stateFile,
  speed: Number(speed),
  startAt: Number(startAt),
  seed: Number(seed),
  symbols: ["BTCUSDT"],
});
process.once("SIGTERM", () => void exchange.stop());
process.stdout.write(`${exchange.wsUrl}\n`);
