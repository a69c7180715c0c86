package dev.baton.simulator.genesys;

/**
 * One call of the platform API as it came.
 *
 * @param call its short name, as in {@link GenesysFaults.Fault#call()}
 * @param query null when there was none
 * @param body empty when there was none; always empty for {@code oauth}
 */
public record GenesysCall(String call, String method, String path, String query, String body) {}
