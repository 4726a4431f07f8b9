// Runs on any Node: says in one sentence what is wrong when the project's own Node did not get installed.
const wanted = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < wanted) {
  process.stderr.write(
    `Tillit runs on Node ${wanted}, which "npm ci" installs into node_modules, but this is Node ${process.versions.node}.\n` +
      'Its install script was probably turned off (ignore-scripts). Run "npm rebuild node", then try again.\n',
  );
  process.exit(1);
}
