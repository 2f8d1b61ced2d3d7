package io.anemone.orchestrator.image;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Set;

/** Who works together, for images that are shared within a project. */
@ConfigMapping(prefix = "anemone.projects")
interface ProjectConfig {

    @WithParentName
    Map<String, Project> byName();

    /** One project. */
    interface Project {

        /** Its accounts. */
        Set<String> members();
    }

    default boolean has(String project, String account) {
        Project known = byName().get(project);
        return known != null && known.members().contains(account);
    }
}
