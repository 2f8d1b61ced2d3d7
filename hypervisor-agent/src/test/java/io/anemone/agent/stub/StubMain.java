package io.anemone.agent.stub;

public final class StubMain {
    public static void main(String[] a) throws Exception {
        var s = new StubOrchestrator(Integer.parseInt(a[0]));
        var in = new java.io.BufferedReader(
                new java.io.InputStreamReader(System.in, java.nio.charset.StandardCharsets.UTF_8));
        int seen = 0;
        String run = "[]", stop = "[]";
        while (true) {
            while (seen < s.received().size()) {
                String m = s.received().get(seen++).toString();
                System.out.println(java.time.LocalTime.now() + " " + (m.length() > 700 ? m.substring(0, 700) : m));
            }
            if (in.ready()) {
                String l = in.readLine();
                if (l == null) break;
                if (l.startsWith("run ")) {
                    run = l.substring(4);
                    s.desire(run, stop);
                } else if (l.startsWith("stop ")) {
                    stop = l.substring(5);
                    run = "[]";
                    s.desire(run, stop);
                } else if (l.equals("none")) {
                    run = "[]";
                    stop = "[]";
                    s.desire(run, stop);
                } else if (l.equals("release")) s.release();
                else if (l.equals("quit")) System.exit(0);
            }
            Thread.sleep(10);
        }
    }
}
